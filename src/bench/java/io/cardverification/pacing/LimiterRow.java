package io.cardverification.pacing;

import java.util.List;
import java.util.Locale;

/** One row of the table. */
record LimiterRow(String name, int largest, double refused, double share, int letThrough, double meanMillis,
        double p99Millis,
        int sentForCancelled, int threads) {

    static void print(String title, List<LimiterRow> rows) {
        System.out.printf(Locale.ROOT, "%n%s:%n%n", title);
        System.out.println(
                "| Limiter at 20/s | Most in a second | Refused | Of 20/s | Burst of 100: let through | mean | p99 | Sent for 50"
                        + " cancelled | Threads of 1,000 waiting |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (var row : rows) {
            System.out.printf(Locale.ROOT, "| %s | %d | %.1f %% | %.1f %% | %d | %.0f ms | %.0f ms | %d | %d |%n", row.name(),
                    row.largest(), row.refused(), row.share(), row.letThrough(), row.meanMillis(), row.p99Millis(),
                    row.sentForCancelled(),
                    row.threads());
        }
    }
}
