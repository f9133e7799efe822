#!/usr/bin/env bash
# Imagenette, ten classes of ImageNet in 13,394 photographs: fetches the archive (342 MB) and prepares it (550 MB), about
# a minute on two cores. Usage: imagenette.sh [DATA]
# Stopped at any point, the same command goes on.
source "$(dirname "$0")/prepare.sh" "$@"
need_space 2 imagenette
prepare imagenette --source "imagenette:$data/archives" --download --size 256
