package io.cardverification.upstream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the gateway stands with the upstream: whether a question that came now could be expected to be served.
 *
 * <p>
 * A trouble is forgotten by the first answer, and lapses by itself when it has not been met again for a while; then the next
 * question decides. Why: who is not ready is asked nothing, and so would never find out that all is well again. Rejected: a
 * question of the gateway's own, which costs money.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class Standing {

    /** Of a trouble that has not been met again. */
    static final Duration LAPSE = Duration.ofSeconds(30);

    /** With what may pass by itself: as long as probes usually take to be believed. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What keeps the gateway from serving anybody. */
    enum Trouble {
        CREDENTIALS_REFUSED(Duration.ZERO),
        ACCOUNT_REFUSED(Duration.ZERO),
        CIRCUIT_OPEN(PATIENCE),
        LIMIT_EXCEEDED(PATIENCE);

        private final Duration patience;

        Trouble(Duration patience) {
            this.patience = patience;
        }

        /** As problems of the same reason are called. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Spell(long sinceNanos, long lastNanos) {

        boolean isTold(Trouble trouble, long nowNanos) {
            return nowNanos - sinceNanos >= trouble.patience.toNanos() && nowNanos - lastNanos < LAPSE.toNanos();
        }
    }

    private final LongSupplier nanoClock;
    private final Map<Trouble, Spell> spells = new EnumMap<>(Trouble.class);

    Standing(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    synchronized void met(Trouble trouble) {
        var nowNanos = nanoClock.getAsLong();
        var spell = spells.get(trouble);
        spells.put(trouble, new Spell(spell == null ? nowNanos : spell.sinceNanos(), nowNanos));
    }

    synchronized void over(Trouble trouble) {
        spells.remove(trouble);
    }

    /** There was an answer, so there is no trouble. */
    synchronized void served() {
        spells.clear();
    }

    /** Whether the gateway should not be asked for this reason. */
    synchronized boolean isIn(Trouble trouble) {
        var spell = spells.get(trouble);
        return spell != null && spell.isTold(trouble, nanoClock.getAsLong());
    }

    /** @return the gravest reason why the gateway should not be asked now; empty where it should */
    Optional<Trouble> trouble() {
        for (var trouble : Trouble.values()) {
            if (isIn(trouble)) {
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }
}
