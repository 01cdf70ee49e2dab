process.stderr.write('usage: ashlar <verb> [options]\n');
process.exitCode = 2;
