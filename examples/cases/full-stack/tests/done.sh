# Whether the page of a part says that it is done.
grep -q "^# $1: done$" "out/$1.md"
