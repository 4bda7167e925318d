package io.cardverification.cloudapi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cardverification.callers.KeyPair;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Reception;
import io.cardverification.verification.Terms;

/** Whose signatures are good, for as long as nobody changes it. Threads: immutable. */
final class Known {

    private final List<KeyPair> keyPairs;
    private final Reception reception;
    private final Map<String, KeyPair> bySecretId;

    Known(List<KeyPair> keyPairs) {
        this.keyPairs = keyPairs;
        this.reception = new Reception(Action.BANK_CARD_VERIFICATION, keyPairs.stream()
                .map(pair -> new Credentials(pair.secretId(), pair.secretKey(), null)).toList());
        this.bySecretId = keyPairs.stream().collect(Collectors.toUnmodifiableMap(KeyPair::secretId, Function.identity()));
    }

    /** Itself, where these are its own. */
    Known with(List<KeyPair> current) {
        return current == keyPairs ? this : new Known(current);
    }

    Reception reception() {
        return reception;
    }

    /**
     * An SDK says nothing of urgency and patience: somebody waits, as long as the gateway lets him.
     *
     * @param secretId a known one
     */
    Terms terms(String secretId, boolean fresh) {
        var caller = bySecretId.get(secretId);
        if (caller == null) {
            throw new IllegalArgumentException("whose signature is good is known");
        }
        return new Terms(caller.caller().usualLane(), caller.caller(), null, fresh, null);
    }
}
