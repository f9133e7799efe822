#!/usr/bin/env bash
# ILSVRC-2010, whose test labels are public: 1,261,406 + 50,000 + 150,000 photographs from the archives (124 GB for training alone) to 60 GB of
# shards; about 2 hours on two cores, 12 minutes on 16 with a disk that reads 300 MB/s. Usage: imagenet-2010.sh [DATA]
# The archives must lie in DATA/archives; README.md says where they come from. Stopped at any point, the same command goes on.
source "$(dirname "$0")/prepare.sh" "$@"
need_archives ILSVRC2010_images_train.tar ILSVRC2010_images_val.tar ILSVRC2010_images_test.tar \
  ILSVRC2010_devkit-1.0.tar.gz ILSVRC2010_test_ground_truth.txt
need_space 70 imagenet-2010
prepare imagenet-2010 --source "ilsvrc2010:$data/archives" --size 256
