package io.cardverification.sharing;

import java.nio.charset.StandardCharsets;

import io.cardverification.verification.VerificationRequest;

/** Says by what the ledger of a gateway with this secret names a question. */
public final class KnownFingerprints {

    private final Fingerprints fingerprints;

    public KnownFingerprints(String secret) {
        this.fingerprints = new Fingerprints(secret.getBytes(StandardCharsets.UTF_8));
    }

    public String of(VerificationRequest request) {
        return Fingerprints.shown(fingerprints.of(request));
    }
}
