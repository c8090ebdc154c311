# From the repository's root: gnuplot bench/plots/batch.gp
set terminal svg size 900,560 dynamic background "white" font "sans,13"
set output "docs/performance/batch.svg"
set title "1000 cancels over a line with 20 ms round trip"
set xlabel "connections"
set ylabel "time until all are answered (seconds)"
set logscale x
set logscale y
set xrange [0.8:125]
set xtics (1, 8, 32, 100)
set yrange [0.15:40]
set ytics (0.2, 0.5, 1, 2, 5, 10, 20)
set grid xtics ytics linecolor rgb "#dddddd"
set key outside right center Left reverse
set linetype 1 lc rgb "#000000" lw 2.5 pt 7
set linetype 2 lc rgb "#e69f00" lw 2 pt 5
set linetype 3 lc rgb "#0072b2" lw 2 pt 9
set linetype 4 lc rgb "#cc79a7" lw 2 pt 11
set linetype 5 lc rgb "#d55e00" lw 3.5 pt 13
set linetype 6 lc rgb "#009e73" lw 2 dt 2 pt 4
plot 1000 * 0.02 / x with lines lc rgb "#bbbbbb" dt 3 title "20 ms each, and nothing else", \
     for [i=2:7] "docs/performance/batch.dat" using 1:i with linespoints linetype i-1 ps 0.8 title columnheader(i)
