package io.cardverification.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** Values of calls, keys and answers. */
public final class StoreSamples {

    public static final Instant NOON = Instant.parse("2026-11-27T04:00:00Z");
    public static final String SHOP = "shop";

    public static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "Authentication passed",
            "request-1", ResponseMetadata.ofAttempts(1, 0, Duration.ZERO));
    public static final Completion UNKNOWN = VerificationFailure.of(Reason.UPSTREAM_TIMEOUT)
            .with(ResponseMetadata.ofAttempts(1, 0, Duration.ZERO));
    public static final Completion NOT_SENT = VerificationFailure.of(Reason.CALLER_DISCONNECTED);

    private StoreSamples() {
    }

    public static Fingerprint fingerprint(int number) {
        return new Fingerprint(ByteBuffer.allocate(32).putInt(28, number).clear().asReadOnlyBuffer());
    }

    public static SharingKey question(int number) {
        return new SharingKey(SHOP, fingerprint(number));
    }

    /** Keys and values have different numbers, so that they are not equal by chance. */
    public static KeyClaim claim(int key, int values) {
        return new KeyClaim(SHOP, fingerprint(1_000_000 + key), fingerprint(values));
    }

    public static DepartingCall call(CallId id, int question, KeyClaim... keys) {
        return call(id, question, Integer.MAX_VALUE, keys);
    }

    public static DepartingCall call(CallId id, int question, int chargesPerDay, KeyClaim... keys) {
        return new DepartingCall(id, question(question), fingerprint(question), "1234", SHOP, chargesPerDay, false,
                List.of(keys), NOON);
    }

    public static DepartingCall bypassing(DepartingCall call) {
        return new DepartingCall(call.id(), call.question(), call.values(), call.lastFour(), call.caller(),
                call.chargesPerDay(), true, call.keys(), call.at());
    }
}
