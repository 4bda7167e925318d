package io.cardverification.cloudapi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cardverification.callers.SdkCredentials;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Reception;
import io.cardverification.verification.Terms;

/** Whose signatures are good, for as long as nobody changes it. Threads: immutable. */
final class SdkCallers {

    private final List<SdkCredentials> sdkCredentials;
    private final Reception authenticator;
    private final Map<String, SdkCredentials> bySecretId;

    SdkCallers(List<SdkCredentials> sdkCredentials) {
        this.sdkCredentials = sdkCredentials;
        this.authenticator = new Reception(Action.BANK_CARD_VERIFICATION, sdkCredentials.stream()
                .map(pair -> new Credentials(pair.secretId(), pair.secretKey(), null)).toList());
        this.bySecretId = sdkCredentials.stream()
                .collect(Collectors.toUnmodifiableMap(SdkCredentials::secretId, Function.identity()));
    }

    /** Itself, where these are its own. */
    SdkCallers withCredentials(List<SdkCredentials> current) {
        return current == sdkCredentials ? this : new SdkCallers(current);
    }

    Reception authenticator() {
        return authenticator;
    }

    /**
     * An SDK says nothing of urgency and patience: somebody waits, as long as the gateway lets him.
     *
     * @param secretId a known one
     */
    Terms callOptions(String secretId, boolean fresh) {
        var caller = bySecretId.get(secretId);
        if (caller == null) {
            throw new IllegalArgumentException("whose signature is good is known");
        }
        return new Terms(caller.caller().usualLane(), caller.caller(), null, fresh, null);
    }
}
