package io.cardverification.store.sql;

import io.cardverification.verification.Fingerprint;

/** Keyed hashes as columns. */
final class Bytes {

    private Bytes() {
    }

    static byte[] of(Fingerprint fingerprint) {
        var hash = fingerprint.hash().duplicate();
        var bytes = new byte[hash.remaining()];
        hash.get(bytes);
        return bytes;
    }
}
