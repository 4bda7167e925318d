package io.cardverification.tencentcloud;

import java.io.IOException;
import java.security.GeneralSecurityException;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Keys that travel by SM2 as C1C3C2, which Java has not. Threads: stateless. A class of its own for the reason of {@link Sm4}.
 *
 * <p>
 * By BouncyCastle's own engine and not by its provider, which has no name for the order C1C3C2. Nothing registers the provider:
 * it would cost every start the time to list all that it has, and a native image the room for it.
 */
final class Sm2 {

    private Sm2() {
    }

    /** @param publicKey X.509 */
    static KeyWrap.Wrapping wrapping(byte[] publicKey) throws IOException {
        var parameters = (ECPublicKeyParameters) PublicKeyFactory.createKey(publicKey);
        return (key, random) -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(true, new ParametersWithRandom(parameters, random));
            return processed(engine, key);
        };
    }

    /** @param privateKey PKCS#8 */
    static KeyWrap.Unwrapping unwrapping(byte[] privateKey) throws IOException {
        var parameters = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(privateKey);
        return blob -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(false, parameters);
            return processed(engine, blob);
        };
    }

    private static byte[] processed(SM2Engine engine, byte[] in) throws GeneralSecurityException {
        try {
            return engine.processBlock(in, 0, in.length);
        } catch (InvalidCipherTextException | RuntimeException e) { // garbage is no point of the curve, which it says so
            throw new GeneralSecurityException(e);
        }
    }
}
