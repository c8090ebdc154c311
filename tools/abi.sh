# shellcheck shell=sh
# ./dev abi: compares the exported names with the lists in abi/, and the interface with the last release's.
# Sourced by dev.

abi() {
  case ${1-} in
    -*) [ "$1" = --accept ] || fail "abi: there is no option $1; see ./dev help" ;;
  esac
  need_build abidiff
  say "Building the shared libraries"
  abi_build . build/abi/new
  if [ "${1-}" = --accept ]; then
    abi_list build/abi/new abi
    say "Wrote the exported names into abi/"
    return
  fi
  abi_list build/abi/new build/abi
  for library in $abi_libraries; do
    diff -u "abi/$library.txt" "build/abi/$library.txt" ||
      fail "$library exports other names than abi/ lists (+ is new): if that is intended, run ./dev abi --accept"
  done
  say "The exported names match abi/"
  abi_compare "${1-$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)}"
}

abi_libraries='alpaca-broker alpaca-broker-testing'

# abi_build SOURCE FOLDER: builds with the debugging information from which abidiff reads types.
abi_build() {
  quietly abi-configure cmake -S "$1" -B "$2" -G Ninja -D CMAKE_BUILD_TYPE=Debug -D BUILD_SHARED_LIBS=ON \
    -D ALPACA_BROKER_TESTS=OFF -D ALPACA_BROKER_EXAMPLES=OFF -D ALPACA_BROKER_TESTING=ON \
    -D CMAKE_CXX_COMPILER_LAUNCHER="$(compiler_launcher)"
  quietly abi-build cmake --build "$2"
}

# abi_list BUILD FOLDER: writes the names that each library exports to FOLDER/<library>.txt.
abi_list() {
  for library in $abi_libraries; do
    nm -D --defined-only --format=just-symbols "$1/src/lib$library.so" | LC_ALL=C sort >"$2/$library.txt"
  done
}

# abi_compare COMMIT: fails on any difference but new symbols, unless the inline namespace changed, too.
abi_compare() {
  [ -n "$1" ] || {
    say "There is no release yet to compare the types with; give a commit to compare with it"
    return
  }
  say "Building the shared libraries of $1"
  rm -rf build/abi/old-source
  mkdir -p build/abi/old-source
  git archive "$1" >build/abi/old-source.tar || fail "abi: git knows no $1"
  tar -xf build/abi/old-source.tar -C build/abi/old-source
  abi_build build/abi/old-source build/abi/old
  if [ "$(abi_name .)" != "$(abi_name build/abi/old-source)" ]; then
    say "The binary interface is renamed from $(abi_name build/abi/old-source) to $(abi_name .), so it may differ"
    return
  fi
  for library in $abi_libraries; do
    abidiff --no-added-syms --headers-dir1 build/abi/old-source/include --headers-dir2 include \
      "build/abi/old/src/lib$library.so" "build/abi/new/src/lib$library.so" ||
      fail "$library breaks programs that were linked with $1: undo it, or make it the next minor version (docs/versions.md)"
  done
  say "Programs that were linked with $1 still work"
}

abi_name() { sed -n 's/^#define ALPACA_BROKER_ABI \(.*[0-9]\)$/\1/p' "$1/include/alpaca/broker/version.hpp"; }
