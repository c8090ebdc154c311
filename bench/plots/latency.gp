# From the repository's root: gnuplot bench/plots/latency.gp
set terminal svg size 900,560 dynamic background "white" font "sans,13"
set output "docs/performance/latency.svg"
set title "One warm cancel, answered with 204, over TLS 1.3 on loopback"
set xlabel "calls that took no longer (percent)"
set ylabel "time of a call (microseconds)"
set logscale x
set logscale y
# The distance from 100 percent, so that the slowest calls are not squeezed into the edge.
set xrange [99:0.1]
set xtics ("1" 99, "50" 50, "75" 25, "90" 10, "95" 5, "99" 1, "99.9" 0.1)
set ytics (5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
set grid xtics ytics linecolor rgb "#dddddd"
set key outside right center Left reverse
set linetype 1 lc rgb "#000000" lw 2.5
set linetype 2 lc rgb "#e69f00" lw 2
set linetype 3 lc rgb "#0072b2" lw 2
set linetype 4 lc rgb "#56b4e9" lw 2
set linetype 5 lc rgb "#999999" lw 2
set linetype 6 lc rgb "#cc79a7" lw 2
set linetype 7 lc rgb "#d55e00" lw 3.5
set linetype 8 lc rgb "#009e73" lw 2 dt 2
set linetype 9 lc rgb "#8c564b" lw 2 dt 3
plot for [i=2:10] "docs/performance/latency.dat" using (100 - column(1)):(column(i)) with lines linetype i-1 title columnheader(i)
