# Whether the pages of all these parts say so.
for part in "$@"; do sh tests/done.sh "$part" || exit 1; done
