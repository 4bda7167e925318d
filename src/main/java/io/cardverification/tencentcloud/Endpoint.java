package io.cardverification.tencentcloud;

import java.net.URI;
import java.util.Locale;

/** Classifies the address that receives the gateway's requests. */
public final class Endpoint {

    private Endpoint() {
    }

    /** Returns whether the address is Tencent Cloud's, which charges for verifications. */
    public static boolean isTencentCloud(URI address) {
        var host = address.getHost();
        return "https".equals(address.getScheme()) && host != null
                && host.toLowerCase(Locale.ROOT).endsWith(".tencentcloudapi.com");
    }
}
