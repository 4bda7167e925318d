package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.cardverification.verification.Verifier;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/**
 * Lets identical questions that are in flight at the same time be one inquiry.
 *
 * <p>
 * Threads: any. The map owns who is in flight: a flight is boarded and left within the map's own operations on its key.
 */
@Startup // its cryptography is loaded with it
@Singleton
final class SharingVerifier implements Verifier {

    private static final int KEY_BYTES = 32;

    private final Inquiries inquiries;
    private final Fingerprints fingerprints;
    private final ConcurrentMap<ByteBuffer, Flight> flights = new ConcurrentHashMap<>();

    @Inject
    SharingVerifier(Inquiries inquiries) {
        this(inquiries, key(new SecureRandom()));
    }

    /** @param key of the fingerprints, random */
    SharingVerifier(Inquiries inquiries, byte[] key) {
        this.inquiries = inquiries;
        this.fingerprints = new Fingerprints(key);
    }

    private static byte[] key(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    @Override
    public Uni<VerificationResult> verify(VerificationRequest request, Terms terms) {
        return Uni.createFrom().deferred(() -> {
            var fingerprint = fingerprints.of(request);
            var flight = flights.compute(fingerprint,
                    (key, known) -> known == null ? new Flight(inquiries.open(request)) : known.board());
            var left = new AtomicBoolean();
            return flight.await(terms).onTermination().invoke(() -> leave(fingerprint, left));
        });
    }

    /** Once for each, although Mutiny tells of both where an answer races with a cancel. */
    private void leave(ByteBuffer fingerprint, AtomicBoolean left) {
        if (!left.getAndSet(true)) {
            flights.computeIfPresent(fingerprint, (key, flight) -> flight.leave() ? null : flight);
        }
    }

    int inFlight() {
        return flights.size();
    }
}
