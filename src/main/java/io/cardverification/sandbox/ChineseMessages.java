package io.cardverification.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.cardverification.tencentcloud.ErrorCode;

/**
 * The documented Chinese texts, for requests in {@code zh-CN}; all other texts stay English.
 *
 * <p>
 * Source: the results and error codes of {@code BankCardVerification}, as the SDKs of cloud.tencent.com have them from its page
 * (which has no -20). The text of a failed signature was seen on the wire. This project translates none.
 */
final class ChineseMessages {

    /** By position: result 0, -1, .. -19. */
    private static final List<String> DESCRIPTIONS = List.of(
            "认证通过",
            "认证未通过",
            "姓名校验不通过",
            "身份证号码有误",
            "银行卡号码有误",
            "持卡人信息有误",
            "未开通无卡支付",
            "此卡被没收",
            "无效卡号",
            "此卡无对应发卡行",
            "该卡未初始化或睡眠卡",
            "作弊卡、吞卡",
            "此卡已挂失",
            "该卡已过期",
            "受限制的卡",
            "密码错误次数超限",
            "发卡行不支持此交易",
            "验证中心服务繁忙",
            "验证次数超限，请次日重试",
            "该证件号暂不支持核验，当前仅支持二代身份证");

    private static final Map<String, SandboxResponse> RESPONSES = responses();

    private ChineseMessages() {
    }

    static SandboxResponse of(SandboxResponse response) {
        var chinese = RESPONSES.get(response.code());
        return chinese == null ? response
                : new SandboxResponse(response.code(), chinese.fields(), response.charged(), response.fault());
    }

    private static Map<String, SandboxResponse> responses() {
        var responses = new HashMap<String, SandboxResponse>();
        for (var i = 0; i < DESCRIPTIONS.size(); i++) {
            var code = Integer.toString(-i);
            responses.put(code, SandboxResponse.result(code, DESCRIPTIONS.get(i), false));
        }
        for (var error : List.of(
                SandboxResponse.error(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE, "请求签名验证失败，请检查您的签名计算是否正确。"),
                SandboxResponse.error(ErrorCode.INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD, "存在不加密的字段，请参考文档修改。"))) {
            responses.put(error.code(), error);
        }
        return Map.copyOf(responses);
    }
}
