# shellcheck shell=sh
# ./dev fuzz: lets libFuzzer search for inputs that break a promise. Later runs start from its corpus in
# build/fuzz/corpus. Sourced by dev.

fuzz() {
  seconds=${1-60}
  case $seconds in *[!0-9]* | '') fail "fuzz: give the seconds for each target, not \"$seconds\"" ;; esac
  need_build googletest googlemock clang libfuzzer
  configure fuzz -D BUILD_TESTING=ON
  build fuzz
  for seeds in tests/fuzz/corpus/*; do
    target=${seeds##*/}
    say "Fuzzing $target for $seconds s"
    mkdir -p "build/fuzz/corpus/$target" build/fuzz/finds
    quietly "fuzz-$target" build/fuzz/tests/fuzz/fuzz_"$target" -max_total_time="$seconds" -timeout=5 \
      -max_len=8192 -print_final_stats=1 -artifact_prefix="build/fuzz/finds/$target-" \
      "build/fuzz/corpus/$target" "$seeds"
  done
  say "No promise was broken"
}
