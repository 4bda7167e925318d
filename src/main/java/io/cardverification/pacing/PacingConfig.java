package io.cardverification.pacing;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How fast requests may leave, and how long they may wait for it. */
@ConfigMapping(prefix = "gateway.pacing")
public interface PacingConfig {

    /**
     * How many requests the upstream takes in one window, for the whole company. More than it grants loses requests; raise it
     * after a ticket raised yours. 1 to 1,000,000. Source: the API page, "a maximum of 20 requests per second".
     */
    @WithDefault("20")
    int limit();

    /** The upstream's window. Above zero, to a day. */
    @WithDefault("1s")
    Duration window();

    /**
     * What is added to the window for the network's jitter; grows by itself while the upstream refuses. Larger is safer and
     * slower: the ceiling is limit / (window + margin), 19.61/s at 20 ms and 19.05/s at 50 ms. Zero or more.
     */
    @WithDefault("20ms")
    Duration margin();

    /**
     * The margin of a process that has sent nothing yet; what it is above the margin shrinks by a quarter with each limit's
     * worth of requests. Smaller gets the first windows out faster and may have some of their requests refused by the limit
     * and sent again. At least the margin, to a day.
     */
    @WithDefault("150ms")
    Duration coldMargin();

    /**
     * The longest wait for a permit, also where a caller is willing to wait longer; who would wait longer is refused at once.
     * With the ceiling this bounds the queue, too: 20 s at 19.5/s are 390 waiting. Keep it, plus the upstream's read timeout,
     * below the callers' own timeout. Zero to a day; zero means that nobody ever waits.
     */
    @WithDefault("20s")
    Duration maxWait();

    /**
     * Of a hundred permits for which both lanes wait, how many batch gets. More slows interactive callers down by as much; 0
     * lets batch starve. 0 to 90.
     */
    @WithDefault("10")
    int batchPercent();

    /**
     * How long refusals by the upstream's limit alone are borne, before all who wait are told so and newcomers are refused for
     * a second (two, four, up to thirty, while it lasts). Shorter gives up during what another second would have mended. Zero
     * or more; at zero one refusal is enough.
     */
    @WithDefault("5s")
    Duration lockOut();

    /**
     * Whether another process may have sent with the same key just before this one started: nothing is sent for a window and
     * the cold margin then. Say no only where there is none, as in a test.
     */
    @WithDefault("true")
    boolean predecessor();
}
