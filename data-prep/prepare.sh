# What the scripts here share; they source it. $data is the folder that archives and prepared data lie in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=${1:-data}
mkdir -p "$data/archives"

# need_space GB NAME: stops unless so much is free, less what an unfinished preparation of NAME has already.
need_space() {
  local free used=0
  [ -e "$data/$2" ] && return
  free=$(df -Pk "$data" | awk 'NR == 2 { print int($4 / 1048576) }')
  [ -d "$data/.$2.part" ] && used=$(du -sk "$data/.$2.part" | awk '{ print int($1 / 1048576) }')
  if [ $((free + used)) -lt "$1" ]; then
    echo "Needs $1 GB in $data, but $free GB are free. Make room, or name another folder: $0 FOLDER" >&2
    exit 1
  fi
}

# need_archives FILE...: stops unless all are there.
need_archives() {
  local file missing=()
  for file in "$@"; do
    [ -f "$data/archives/$file" ] || missing+=("$file")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "Missing in $data/archives: ${missing[*]}. data-prep/README.md says where they come from." >&2
    exit 1
  fi
}

# prepare NAME ARGUMENT...: makes $data/NAME, then checks every byte of it.
prepare() {
  local out="$data/$1"
  shift
  if [ ! -e "$out" ]; then
    mvn -q exec:java -Dexec.mainClass=Prepare -Dexec.args="--out $out $*"
  fi
  mvn -q exec:java -Dexec.mainClass=Prepare -Dexec.args="--verify $out"
}
