package io.cardverification.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The daily limit on verifications of each name, ID number and card; above it the result is -18.
 *
 * <p>
 * Source: the China-site page "限频策略", which allows 500 for each identical value of each of the three. It is inferred that this
 * holds for bank cards, and which time zone the day has. Keeps salted hashes of the latest 100,000 values.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class DailyLimit {

    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final int MAX_ENTRIES = 100_000;

    private final Clock clock;
    private final byte[] salt;
    private LocalDate day = LocalDate.MIN;

    private final Map<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** @param salt random */
    DailyLimit(Clock clock, byte[] salt) {
        this.clock = clock;
        this.salt = salt;
    }

    /** Counts the verification and returns false, unless one of its values has reached {@code limit} today. */
    boolean isExceeded(int limit, String name, String idCard, String bankCard) {
        if (limit == 0) {
            return false;
        }
        var today = LocalDate.ofInstant(clock.instant(), CHINA);
        if (!today.equals(day)) {
            day = today;
            counts.clear();
        }
        var values = List.of(hash("Name", name), hash("IdCard", idCard), hash("BankCard", bankCard));
        if (values.stream().anyMatch(value -> counts.getOrDefault(value, 0) >= limit)) {
            return true;
        }
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return false;
    }

    private String hash(String field, String value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update((field + ' ' + value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
