#!/bin/sh
# Annotates a file of articles with GNU parallel, in blocks of whole lines, and keeps their order:
#   assets/examples/parallel.sh articles.jsonl > annotated.jsonl
# On several machines: add `--sshlogin a,b` and have byline on their PATH. BYLINE_ARGS goes to byline.
set -eu
parallel --pipepart --keep-order --block "${BLOCK:-1M}" --jobs "${JOBS:-2}" -a "$1" \
    "${BYLINE:-byline} ${BYLINE_ARGS:-} annotate --input jsonl -j 1 -"
