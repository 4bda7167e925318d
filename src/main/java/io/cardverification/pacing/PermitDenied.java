package io.cardverification.pacing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why the pacer gave no permit. An immutable value.
 *
 * @param retryAfter the same wait is allowed after this time if no other waiter joins; above zero
 * @param errorCode the upstream's last error code; only with {@link Reason#UPSTREAM_OVERLOADED}
 */
public record PermitDenied(Reason reason, Duration retryAfter, @Nullable String errorCode) {

    /** The cause of a denial. */
    public enum Reason {
        /** The predicted wait exceeds the maximum wait. */
        QUEUE_FULL("queue-full"),
        /** The wait took longer than predicted and reached the maximum wait. */
        WAIT_TIMEOUT("wait-timeout"),
        /** The upstream's rate limit has rejected every request for a while. */
        UPSTREAM_OVERLOADED("upstream-overloaded"),
        /** The pacer is suspended: {@link Pacer#suspend}. */
        SUSPENDED("suspended"),
        /** The permits are leased, and the store that leases them does not answer. */
        LEASE_LOST("lease-lost"),
        /** The process stops. */
        STOPPING("stopping");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The value of the metric tag {@code reason}. */
        String label() {
            return label;
        }
    }

    static PermitDenied of(Reason reason, long retryAfterNanos) {
        return of(reason, retryAfterNanos, null);
    }

    static PermitDenied of(Reason reason, long retryAfterNanos, @Nullable String errorCode) {
        return new PermitDenied(reason, Duration.ofNanos(Math.max(1, retryAfterNanos)), errorCode);
    }
}
