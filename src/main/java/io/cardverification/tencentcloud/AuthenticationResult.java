package io.cardverification.tencentcloud;

import java.util.Map;
import java.util.function.Supplier;

/** What came of a request at {@link RequestAuthenticator}: a call, or the refusal that answers it. */
public sealed interface AuthenticationResult {

    /**
     * Somebody known calls the action.
     *
     * @param secretId of the caller's key pair
     */
    record Accepted(String secretId, Parameters parameters) implements AuthenticationResult {

        @Override
        public String toString() {
            return "Accepted[*]";
        }
    }

    /**
     * It is answered by an error envelope.
     *
     * @param message for the caller; names parameters of the protocol only, never repeats what was sent
     * @param diagnosis what is wrong, for whoever has to mend it; without secrets and without personal values. Costs a few
     *        dozen hashes where a signature is wrong, and tells much, so it is for test servers only
     */
    record Rejected(ErrorCode code, String message, Supplier<String> diagnosis) implements AuthenticationResult {

        static Rejected of(ErrorCode code, String diagnosis) {
            return new Rejected(code, code.message(), () -> diagnosis);
        }
    }

    /** The action's own parameters, as they came; no rule of the action has been checked. */
    sealed interface Parameters {

        /**
         * Of a JSON {@code POST}.
         *
         * @param body the raw bytes; treated as immutable
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Json(byte[] body) implements Parameters {

            @Override
            public String toString() {
                return "Json[*]";
            }
        }

        /**
         * Of a query or a form, without the common parameters.
         *
         * @param values strings, lists and maps of them, since {@code Encryption.EncryptList.0} is written flat; all is text,
         *        numbers, too
         */
        record Form(Map<String, Object> values) implements Parameters {

            @Override
            public String toString() {
                return "Form[*]";
            }
        }
    }
}
