package io.cardverification.pipeline;

import java.nio.charset.StandardCharsets;

import io.cardverification.verification.VerificationRequest;

/** The fingerprints in the ledger of a gateway with this secret. */
public final class KnownFingerprints {

    private final Fingerprints fingerprints;

    public KnownFingerprints(String secret) {
        this.fingerprints = new Fingerprints(secret.getBytes(StandardCharsets.UTF_8), false);
    }

    public String of(VerificationRequest request) {
        return fingerprints.of(request).toHex();
    }
}
