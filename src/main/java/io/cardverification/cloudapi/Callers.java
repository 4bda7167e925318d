package io.cardverification.cloudapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.cardverification.callers.KeyPair;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.verification.Lane;
import io.cardverification.verification.Terms;

/** Who is behind a SecretId. Threads: immutable. */
final class Callers {

    private final Collection<KeyPair> keyPairs;
    private final Map<String, String> names;

    Callers(Collection<KeyPair> keyPairs) {
        this.keyPairs = keyPairs;
        this.names = keyPairs.stream().collect(Collectors.toUnmodifiableMap(KeyPair::secretId, KeyPair::caller));
    }

    List<Credentials> credentials() {
        return keyPairs.stream().map(pair -> new Credentials(pair.secretId(), pair.secretKey(), null)).toList();
    }

    /** An SDK says nothing of urgency and patience: somebody waits, as long as the gateway lets him. */
    Terms terms(String secretId, boolean fresh) {
        return new Terms(Lane.INTERACTIVE, names.getOrDefault(secretId, secretId), null, fresh, null);
    }
}
