package io.cardverification.tencentcloud.encryption;

import java.io.IOException;
import java.security.GeneralSecurityException;

import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;

/**
 * SM2 key transport as C1C3C2, which Java does not have. Threads: stateless. A separate class for the reason given at {@link
 * Sm4}.
 *
 * <p>
 * Uses BouncyCastle's engine and not its provider, which has no name for the order C1C3C2. No code registers the provider: it
 * would list all its algorithms at each start and enlarge a native image.
 *
 * <p>
 * Rejected: BouncyCastle's key factories. They support all its kinds of key, so a native image would contain them all.
 */
final class Sm2 {

    private Sm2() {
    }

    /** @param publicKey X.509 */
    static KeyWrap.Wrapping wrapping(byte[] publicKey) throws IOException {
        var info = SubjectPublicKeyInfo.getInstance(publicKey);
        var curve = curve(info.getAlgorithm());
        var point = curve.getCurve().decodePoint(info.getPublicKeyData().getOctets());
        var parameters = new ECPublicKeyParameters(point, curve);
        return (key, random) -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(true, new ParametersWithRandom(parameters, random));
            return processed(engine, key);
        };
    }

    /** @param privateKey PKCS#8 */
    static KeyWrap.Unwrapping unwrapping(byte[] privateKey) throws IOException {
        var info = PrivateKeyInfo.getInstance(privateKey);
        var number = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
        var parameters = new ECPrivateKeyParameters(number, curve(info.getPrivateKeyAlgorithm()));
        return blob -> {
            var engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(false, parameters);
            return processed(engine, blob);
        };
    }

    private static ECDomainParameters curve(AlgorithmIdentifier algorithm) throws IOException {
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm.getAlgorithm())
                || !GMObjectIdentifiers.sm2p256v1.equals(algorithm.getParameters())) {
            throw new IOException("The key is not on the curve sm2p256v1");
        }
        return new ECDomainParameters(GMNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1));
    }

    private static byte[] processed(SM2Engine engine, byte[] in) throws GeneralSecurityException {
        try {
            return engine.processBlock(in, 0, in.length);
        } catch (InvalidCipherTextException | RuntimeException e) { // the bytes are not a point of the curve
            throw new GeneralSecurityException(e);
        }
    }
}
