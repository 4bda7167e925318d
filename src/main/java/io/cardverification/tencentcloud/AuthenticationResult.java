package io.cardverification.tencentcloud;

import java.util.Map;
import java.util.function.Supplier;

/** The result of {@link RequestAuthenticator}: an accepted call, or the rejection to send back. */
public sealed interface AuthenticationResult {

    /**
     * A call with a valid signature.
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
     * A rejection; an error envelope answers the request.
     *
     * @param message for the caller; names parameters of the protocol only and never repeats a received value
     * @param diagnosis the cause, for the developer of the client; has no secrets and no personal values. After an
     *        invalid signature it costs a few dozen hashes and reveals a lot, so only test servers may show it
     */
    record Rejected(ErrorCode code, String message, Supplier<String> diagnosis) implements AuthenticationResult {

        static Rejected of(ErrorCode code, String diagnosis) {
            return new Rejected(code, code.message(), () -> diagnosis);
        }
    }

    /** The action's parameters as received; only the common parameters are checked. */
    sealed interface Parameters {

        /**
         * Parameters of a JSON {@code POST}.
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
         * Parameters of a query or a form, without the common parameters.
         *
         * @param values strings, and nested lists and maps of strings, because {@code Encryption.EncryptList.0} is
         *        written flat; numbers are text too
         */
        record Form(Map<String, Object> values) implements Parameters {

            @Override
            public String toString() {
                return "Form[*]";
            }
        }
    }
}
