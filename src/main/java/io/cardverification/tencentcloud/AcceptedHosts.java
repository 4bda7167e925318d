package io.cardverification.tencentcloud;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hosts that a client may sign.
 *
 * <p>
 * They are the host that the client sent, and that host without its port, as the Node SDK signs it. A public name of the API is
 * accepted too: clients that reach this server by the SDKs' {@code ApigwEndpoint} sign it.
 *
 * @param accepted the likeliest first
 */
record AcceptedHosts(List<String> accepted) {

    private static final List<String> PUBLIC = List.of("faceid.intl.tencentcloudapi.com", "faceid.tencentcloudapi.com");

    /** Source: the page "Request Structure", which lists a host for each region. */
    private static final List<String> REGIONAL = Stream.of("ap-singapore", "ap-hongkong", "ap-jakarta", "ap-bangkok",
            "ap-guangzhou", "ap-shanghai", "ap-nanjing", "ap-beijing", "ap-chengdu", "ap-chongqing", "ap-mumbai", "ap-seoul",
            "ap-tokyo", "na-ashburn", "na-siliconvalley", "na-toronto", "sa-saopaulo", "eu-frankfurt")
            .map(region -> "faceid." + region + ".tencentcloudapi.com").toList();

    /**
     * Above this size only a few hosts are tried, to bound the hashing for a request whose signature is invalid. No call of the
     * API comes near it.
     */
    private static final int MAX_BYTES_FOR_REGIONS = 4 * 1024;

    /** The usual ports of this server and of proxies before it. */
    private static final List<String> USUAL_PORTS = List.of(":8080", ":8090", ":8443", ":80", ":443");

    static AcceptedHosts of(ReceivedRequest request) {
        var accepted = new ArrayList<String>(PUBLIC.size() + REGIONAL.size() + 2);
        var sent = request.headers().get("host");
        if (sent != null) {
            accepted.add(sent);
            if (!withoutPort(sent).equals(sent)) {
                accepted.add(withoutPort(sent));
            }
        }
        accepted.addAll(PUBLIC);
        if (request.signedBytes() <= MAX_BYTES_FOR_REGIONS) {
            accepted.addAll(REGIONAL);
        }
        return new AcceptedHosts(accepted);
    }

    private static String withoutPort(String host) {
        var colon = host.lastIndexOf(':');
        return colon <= host.lastIndexOf(']') ? host : host.substring(0, colon);
    }

    /** The host as the client sent it. */
    String received() {
        return accepted.get(0);
    }

    /**
     * Hosts that a client signs by mistake, or that a proxy replaces. They are not accepted, because a signature is valid for
     * one host only.
     */
    List<String> likelyMistakes(ReceivedRequest request) {
        var name = withoutPort(received());
        var port = received().substring(name.length());
        var hosts = new LinkedHashSet<String>();
        request.header("x-forwarded-host").map(String::strip).ifPresent(hosts::add);
        USUAL_PORTS.forEach(each -> hosts.add(name + each));
        for (var local : List.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0")) {
            hosts.add(local + port);
            hosts.add(local);
            USUAL_PORTS.forEach(each -> hosts.add(local + each));
        }
        hosts.removeAll(accepted);
        return List.copyOf(hosts);
    }

    /** A line of the diagnosis. */
    String describeMismatch(String signed) {
        return "Host differs: `" + CanonicalRequest.redact(signed) + "` was signed, `"
                + CanonicalRequest.redact(received()) + "` was sent";
    }

    /** Some SDKs use the first label as the service: {@code 127} of {@code 127.0.0.1:8080}. */
    boolean containFirstLabel(String label) {
        for (var host : accepted) {
            if (host.equals(label) || (host.startsWith(label) && host.charAt(label.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}
