package io.cardverification.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationRequest;

/** The JSON body of a request. All members may be missing until {@link #request} validates them. */
@Schema(name = "VerificationRequest", additionalProperties = Schema.False.class)
record VerificationRequestBody(
        @Schema(required = true, examples = "6226090210146748", description = "10 to 19 digits; surrounding white space is"
                + " removed. Base64 if encryption lists BankCard.") @Nullable String bankCard,
        @Schema(required = true, examples = "Wei Xiaobao", description = "The name as the bank has it, at most 64 characters;"
                + " surrounding white space is removed. Base64 if encryption lists Name.") @Nullable String name,
        @Schema(required = true, examples = "11204416541220243X", description = "17 digits, then a digit or X; surrounding white"
                + " space is removed, x becomes X. Base64 if encryption lists IdCard.") @Nullable String idCard,
        @Schema(enumeration = "0", description = "The type of the document: 0 is an identity card.") @Nullable Integer certType,
        @Nullable EncryptionRequestBody encryption) {

    /** @throws ProblemException with every member that breaks a rule */
    static VerificationRequest request(@Nullable VerificationRequestBody document) {
        if (document == null) {
            throw ProblemType.MALFORMED_JSON.problem("The body must be a JSON object, but is empty or null").toException();
        }
        return document.request();
    }

    private VerificationRequest request() {
        var encrypted = encryption == null ? null : encryption.encryption();
        var members = new FieldValidator();
        var readCard = members.required("bankCard", bankCard, value -> new BankCard(value, covers(encrypted, "BankCard")));
        var readName = members.required("name", name, value -> new PersonName(value, covers(encrypted, "Name")));
        var readId = members.required("idCard", idCard, value -> new IdCard(value, covers(encrypted, "IdCard")));
        var readCertType = members.optional("certType", certType, CertType::new);
        members.throwIfInvalid();
        return new VerificationRequest(readCard.orElseThrow(), readName.orElseThrow(), readId.orElseThrow(),
                readCertType.orElse(null), encrypted);
    }

    private static boolean covers(@Nullable Encryption encryption, String parameter) {
        return encryption != null && encryption.covers(parameter);
    }

    @Override
    public String toString() {
        return "VerificationRequestBody[*]";
    }
}
