package io.cardverification.cloudapi;

import java.util.HashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.gson.annotations.Expose;
import com.google.gson.annotations.SerializedName;
import com.tencentcloudapi.common.AbstractModel;

import io.cardverification.tencentcloud.EncryptedFields;

/** The action's request as the official SDK's generator writes them, since its generic one can be posted as JSON only. */
@SuppressWarnings("NonApiType") // the SDK has it so
public final class SdkQuestion extends AbstractModel {

    @SerializedName("IdCard")
    @Expose
    String idCard = "11204416541220243X";

    @SerializedName("Name")
    @Expose
    @Nullable
    String name = "Wei Xiaobao";

    @SerializedName("BankCard")
    @Expose
    String bankCard = "6226090210146748";

    @SerializedName("CertType")
    @Expose
    @Nullable
    Long certType;

    /** The API does not know it. */
    @SerializedName("PkgType")
    @Expose
    @Nullable
    String pkgType;

    @SerializedName("Encryption")
    @Expose
    @Nullable
    EncryptionModel encryption;

    /** The structure of that name. */
    public static final class EncryptionModel extends AbstractModel {

        @SerializedName("EncryptList")
        @Expose
        String[] encryptList;

        @SerializedName("CiphertextBlob")
        @Expose
        String ciphertextBlob;

        @SerializedName("Iv")
        @Expose
        String iv;

        @SerializedName("Algorithm")
        @Expose
        String algorithm;

        @SerializedName("TagList")
        @Expose
        String[] tagList;

        EncryptionModel(List<String> encryptList, EncryptedFields encrypted) {
            this.encryptList = encryptList.toArray(String[]::new);
            this.ciphertextBlob = encrypted.ciphertextBlob();
            this.iv = encrypted.iv();
            this.algorithm = encrypted.algorithm();
            this.tagList = encrypted.tags().toArray(String[]::new);
        }

        @Override
        protected void toMap(HashMap<String, String> map, String prefix) {
            setParamArraySimple(map, prefix + "EncryptList.", encryptList);
            setParamSimple(map, prefix + "CiphertextBlob", ciphertextBlob);
            setParamSimple(map, prefix + "Iv", iv);
            setParamSimple(map, prefix + "Algorithm", algorithm);
            setParamArraySimple(map, prefix + "TagList.", tagList);
        }
    }

    @Override
    protected void toMap(HashMap<String, String> map, String prefix) {
        setParamSimple(map, prefix + "IdCard", idCard);
        setParamSimple(map, prefix + "Name", name);
        setParamSimple(map, prefix + "BankCard", bankCard);
        setParamSimple(map, prefix + "CertType", certType);
        setParamSimple(map, prefix + "PkgType", pkgType);
        setParamObj(map, prefix + "Encryption.", encryption);
    }
}
