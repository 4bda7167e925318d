package io.cardverification.verification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days as the upstream counts them: in China, where there is no summer time. */
public final class ChargeDay {

    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private ChargeDay() {
    }

    public static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, CHINA);
    }

    /** When the next one begins. */
    public static Instant after(Instant instant) {
        return after(of(instant));
    }

    /** When the day after it begins. */
    public static Instant after(LocalDate day) {
        return day.plusDays(1).atStartOfDay().toInstant(CHINA);
    }
}
