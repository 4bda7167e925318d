package io.cardverification.pacing;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How fast the gateway sends requests to the upstream, and how long they may wait. */
@ConfigMapping(prefix = "gateway.pacing")
public interface PacingConfig {

    /** What a gateway without its store does. */
    enum WithoutStore {
        /** Nothing is sent. */
        REFUSE,
        /** Each gateway sends at a fixed share of the limit. */
        SPLIT
    }

    /**
     * How many requests the upstream accepts in one window, for the whole account. The upstream rejects requests above
     * its limit; raise this value after a ticket has raised that limit. 1 to 1,000,000. Source: the API page, "a
     * maximum of 20 requests per second".
     */
    @WithDefault("20")
    int limit();

    /** The upstream's window. Above zero, to a day. */
    @WithDefault("1s")
    Duration window();

    /**
     * The addition to the window for the jitter of the network. It grows while the upstream rejects requests. A larger
     * margin is safer and slower: the ceiling is limit / (window + margin), 19.61/s at 20 ms and 19.05/s at 50 ms. Zero
     * or more.
     */
    @WithDefault("20ms")
    Duration margin();

    /**
     * The margin after a start. Its excess over the margin shrinks by a quarter with every {@code limit} requests. A
     * smaller value sends the first windows faster, but the upstream may reject some of those requests, which the
     * gateway sends again. At least the margin, to a day.
     */
    @WithDefault("150ms")
    Duration startupMargin();

    /**
     * The longest wait for a permit, even if a caller would wait longer. The gateway rejects a request at once if its
     * predicted wait is longer. With the ceiling this also bounds the queue: 20 s at 19.5/s are 390 requests. Keep it,
     * plus the upstream's read timeout, below the timeout of the callers. Zero to a day; with zero no request waits.
     */
    @WithDefault("20s")
    Duration maxWait();

    /**
     * The share of batch in percent if both lanes wait. A larger share slows interactive requests down by as much; with
     * 0 batch can starve. 0 to 90.
     */
    @WithDefault("10")
    int batchPercent();

    /**
     * How long the upstream's limit may reject every request before the gateway rejects all queued and new requests for
     * a second (two, four, up to thirty, while it lasts). A shorter value gives up during a disturbance of a second.
     * Zero or more; with zero one rejection is enough.
     */
    @WithDefault("5s")
    Duration rejectionTimeout();

    /**
     * Whether the window counts as full at the start, since another process may have sent requests with the same key just
     * before. If so, the gateway sends nothing for a window and the startup margin, unless its store shows that no earlier
     * process
     * did. Set it to false only if no such process exists, as in a test.
     */
    @WithDefault("true")
    boolean startSaturated();

    /**
     * What the gateway does while the database of {@code gateway.store=postgresql} is away for longer than a lease, 3 s.
     * {@code refuse}: it sends nothing, and callers get 503. {@code split}: it sends at the share
     * {@code floor(limit / replicas-at-most)}, after about five seconds without a lease. Requests with an
     * {@code Idempotency-Key}, and those of a caller with {@code charges-per-day}, still get 503. If the database is away
     * for this gateway only, the others use the whole limit, so the upstream may reject requests. What is sent is in the
     * database when it returns; of a process that ends before, only the lines of the ledger have those charges.
     */
    @WithDefault("refuse")
    WithoutStore withoutStore();

    /**
     * The most gateways that ever run at the same time on one database, equal at all of them. 1 to {@code limit}. Set it
     * with {@code without-store=split}, and only then. With more gateways than this, the shares exceed the limit.
     */
    OptionalInt replicasAtMost();
}
