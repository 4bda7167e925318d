package io.cardverification.pacing;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How fast requests may leave, and how long they may wait for it. */
@ConfigMapping(prefix = "gateway.pacing")
public interface PacingConfig {

    /**
     * How many requests the upstream takes in one window, for the whole company. More than it grants loses requests; raise it
     * after a ticket raised yours. At least 1. Source: the API page, "a maximum of 20 requests per second".
     */
    @WithDefault("20")
    int limit();

    /** The upstream's window. Above zero. */
    @WithDefault("1s")
    Duration window();

    /**
     * What is added to the window for the network's jitter. Larger is safer and slower: the ceiling is limit / (window +
     * margin), 19.51/s at 25 ms and 19.05/s at 50 ms. Zero or more.
     */
    @WithDefault("25ms")
    Duration margin();

    /**
     * The margin of a process that has sent nothing yet; what it is above the margin is halved with each limit's worth of
     * requests. Smaller gets the first windows out faster and may lose some of their requests to the limit. At least the
     * margin.
     */
    @WithDefault("150ms")
    Duration coldMargin();

    /**
     * The longest wait for a permit; who would wait longer is refused at once. With the ceiling this bounds the queue, too:
     * 20 s at 19.5/s are 390 waiting. Keep it, plus the upstream's read timeout, below the callers' own timeout. Zero or more;
     * zero means that nobody ever waits.
     */
    @WithDefault("20s")
    Duration maxWait();
}
