package io.cardverification;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Suggests the configuration key that replaces an unknown one: its new name if it was renamed, otherwise the most similar
 * key. Suggests an environment variable for an environment variable.
 */
final class ConfigKeySuggestion {

    /** Renamed parts of keys. The first part that a key contains applies, so longer parts come first. */
    private static final Map<String, String> RENAMED = new LinkedHashMap<>();

    static {
        RENAMED.put("gateway.pacing.predecessor", "gateway.pacing.start-saturated");
        RENAMED.put("gateway.pacing.lock-out", "gateway.pacing.rejection-timeout");
        RENAMED.put("gateway.pacing.cold-margin", "gateway.pacing.startup-margin");
        RENAMED.put("gateway.sharing.idempotency.keep", "gateway.idempotency.ttl");
        RENAMED.put("gateway.sharing.idempotency.most", "gateway.idempotency.max-entries");
        RENAMED.put("gateway.sharing.reuse.until-next-day", "gateway.cache.until-next-day");
        RENAMED.put("gateway.sharing.reuse.most", "gateway.cache.max-entries");
        RENAMED.put("gateway.sharing.reuse.", "gateway.cache.ttl.");
        RENAMED.put("quarkus.fault-tolerance.\"io.cardverification.upstream.SingleSend/send\".", "gateway.upstream.");
        RENAMED.put("gateway.callers.file-check", "gateway.callers.reload-period");
        RENAMED.put(".most-waiting", ".max-concurrent");
        RENAMED.put("gateway.edge.response-timeout", "gateway.http.write-timeout");
        RENAMED.put("gateway.edge.", "gateway.http.");
        RENAMED.put("gateway.sandbox.policer", "gateway.sandbox.limit-algorithm");
    }

    private static final Pattern NOT_IN_VARIABLES = Pattern.compile("[^A-Z0-9*]");

    private ConfigKeySuggestion() {
    }

    /** Returns the environment variable of a key. */
    static String variable(String key) {
        return NOT_IN_VARIABLES.matcher(key.toUpperCase(Locale.ROOT)).replaceAll("_");
    }

    /**
     * @param unknown a key or an environment variable
     * @param known the keys of the gateway
     * @return empty if no key is similar
     */
    static Optional<String> of(String unknown, Stream<String> known) {
        var isVariable = variable(unknown).equals(unknown);
        for (var renamed : RENAMED.entrySet()) {
            var old = isVariable ? variable(renamed.getKey()) : renamed.getKey();
            if (unknown.contains(old)) {
                return Optional.of(unknown.replace(old, isVariable ? variable(renamed.getValue()) : renamed.getValue()));
            }
        }
        return known.map(key -> isVariable ? variable(key) : key)
                .filter(key -> distance(unknown, key) <= unknown.length() / 4)
                .min(Comparator.comparingInt(key -> distance(unknown, key)));
    }

    /** The Levenshtein distance: the number of characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (var line = 1; line <= one.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.length; column++) {
                var replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
