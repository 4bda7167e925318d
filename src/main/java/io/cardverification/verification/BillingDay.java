package io.cardverification.verification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The days of the upstream's bill: China Standard Time, which has no summer time. */
public final class BillingDay {

    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private BillingDay() {
    }

    public static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, CHINA);
    }

    /** The start of the next day. */
    public static Instant after(Instant instant) {
        return after(of(instant));
    }

    /** The start of the day after the given one. */
    public static Instant after(LocalDate day) {
        return day.plusDays(1).atStartOfDay().toInstant(CHINA);
    }
}
