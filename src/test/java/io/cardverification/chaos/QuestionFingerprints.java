package io.cardverification.chaos;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.cardverification.pipeline.KnownFingerprints;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationRequest;

/** The keyed hashes by which the gateway's ledger and the sandbox's ledger name a question. Threads: one. */
final class QuestionFingerprints {

    private final KnownFingerprints known = new KnownFingerprints(Chaos.SECRET);

    String inGateway(Question question) {
        return known.of(new VerificationRequest(new BankCard(question.card(), false), new PersonName(question.name(), false),
                new IdCard(question.idCard(), false), null, null));
    }

    /** As src/site/markdown/sandbox/usage.md documents it. */
    static String inSandbox(Question question) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("SANDBOXEXAMPLEKEY".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var text = question.card() + '\n' + question.name() + '\n' + question.idCard() + '\n';
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
