package io.cardverification.tencentcloud;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which hosts a client may have signed: the one it sent, that one without its port (as the Node SDK signs), or a public name
 * of the API (as clients sign that were pointed here by the SDKs' {@code ApigwEndpoint}).
 *
 * @param accepted the likeliest first
 */
record AcceptedHosts(List<String> accepted) {

    private static final List<String> PUBLIC = List.of("faceid.intl.tencentcloudapi.com", "faceid.tencentcloudapi.com");

    /** The page "Request Structure" has one for each region, too. */
    private static final List<String> REGIONAL = Stream.of("ap-singapore", "ap-hongkong", "ap-jakarta", "ap-bangkok",
            "ap-guangzhou", "ap-shanghai", "ap-nanjing", "ap-beijing", "ap-chengdu", "ap-chongqing", "ap-mumbai", "ap-seoul",
            "ap-tokyo", "na-ashburn", "na-siliconvalley", "na-toronto", "sa-saopaulo", "eu-frankfurt")
            .map(region -> "faceid." + region + ".tencentcloudapi.com").toList();

    /** A multiple of any call's. What is longer is hashed a few times, not a few dozen, until its signature turns out bad. */
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

    /** As it was sent. */
    String received() {
        return accepted.get(0);
    }

    /**
     * Hosts that a client may have signed by mistake, or that a proxy has replaced. Not accepted: a
     * signature says for which host it was made.
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

    /** Of the diagnosis. */
    String describeMismatch(String signed) {
        return "Host differs: `" + CanonicalRequest.redact(signed) + "` was signed, `"
                + CanonicalRequest.redact(received()) + "` was sent";
    }

    /** Some SDKs take it for the service: {@code 127} of {@code 127.0.0.1:8080}. */
    boolean containFirstLabel(String label) {
        for (var host : accepted) {
            if (host.equals(label) || (host.startsWith(label) && host.charAt(label.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}
