#!/usr/bin/env bash
# ILSVRC-2012: 1,281,167 + 50,000 photographs from the three archives (145 GB) to 50 GB of shards; about 1.5 hours on two
# cores, 10 minutes on 16 with a disk that reads 300 MB/s. Usage: imagenet-2012.sh [DATA]
# The archives must lie in DATA/archives; README.md says where they come from. Stopped at any point, the same command goes on.
source "$(dirname "$0")/prepare.sh" "$@"
need_archives ILSVRC2012_img_train.tar ILSVRC2012_img_val.tar ILSVRC2012_devkit_t12.tar.gz
need_space 60 imagenet-2012
prepare imagenet-2012 --source "ilsvrc2012:$data/archives" --size 256
