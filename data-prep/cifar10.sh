#!/usr/bin/env bash
# CIFAR-10: fetches the binary archive (170 MB) and prepares it (420 MB) in about a minute. Usage: cifar10.sh [DATA]
# Stopped at any point, the same command goes on.
source "$(dirname "$0")/prepare.sh" "$@"
need_space 1 cifar10
prepare cifar10 --source "cifar10:$data/archives" --download --size 32
