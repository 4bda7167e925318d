package io.cardverification.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The system's clock, unless a test sets it forward or back. */
@Alternative
@Priority(1)
@Singleton
public class AdjustableClock extends Clock {

    public static final AtomicLong AHEAD_SECONDS = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusSeconds(AHEAD_SECONDS.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks for it");
    }
}
