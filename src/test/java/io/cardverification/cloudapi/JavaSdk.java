package io.cardverification.cloudapi;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

/** The official SDK for Java against a local port, with each kind of signature. */
enum JavaSdk {

    /** {@code CommonClient.call}, which always sends a v3 POST. */
    V3_CALL(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, false) {
        @Override
        String ask(CommonClient client, String action, AbstractModel question) throws TencentCloudSDKException {
            return client.call(action, AbstractModel.toJsonString(question));
        }
    },
    V3_POST(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, false),
    V3_POST_UNSIGNED_PAYLOAD(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST, true),
    V3_GET(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_GET, false),
    V1_SHA1_POST(ClientProfile.SIGN_SHA1, HttpProfile.REQ_POST, false),
    V1_SHA1_GET(ClientProfile.SIGN_SHA1, HttpProfile.REQ_GET, false),
    V1_SHA256_POST(ClientProfile.SIGN_SHA256, HttpProfile.REQ_POST, false),
    V1_SHA256_GET(ClientProfile.SIGN_SHA256, HttpProfile.REQ_GET, false);

    private final String signMethod;
    private final String requestMethod;
    private final boolean unsignedPayload;

    JavaSdk(String signMethod, String requestMethod, boolean unsignedPayload) {
        this.signMethod = signMethod;
        this.requestMethod = requestMethod;
        this.unsignedPayload = unsignedPayload;
    }

    HttpProfile http(String endpoint) {
        var http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setEndpoint(endpoint);
        http.setReqMethod(requestMethod);
        http.setReadTimeout(30);
        return http;
    }

    CommonClient client(HttpProfile http, String secretId, String secretKey) {
        var profile = new ClientProfile(signMethod, http);
        profile.setUnsignedPayload(unsignedPayload);
        return new CommonClient("faceid", "2018-03-01", new Credential(secretId, secretKey), "", profile);
    }

    /** @return the complete envelope */
    String ask(CommonClient client, String action, AbstractModel question) throws TencentCloudSDKException {
        return client.commonRequest(question, action);
    }
}
