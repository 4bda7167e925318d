package io.cardverification.cloudapi;

import java.util.HashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.gson.annotations.Expose;
import com.google.gson.annotations.SerializedName;
import com.tencentcloudapi.common.AbstractModel;

import io.cardverification.tencentcloud.encryption.EncryptedFields;

/** The action's request as the official SDK's generator writes it. The SDK's generic request supports only JSON POSTs. */
@SuppressWarnings({ "NonApiType", "MemberName" }) // the SDK requires it, and uses field names as member names
public final class SdkVerificationRequest extends AbstractModel {

    @SerializedName("IdCard")
    @Expose
    String IdCard = "11204416541220243X";

    @SerializedName("Name")
    @Expose
    @Nullable
    String Name = "Wei Xiaobao";

    @SerializedName("BankCard")
    @Expose
    String BankCard = "6226090210146748";

    @SerializedName("CertType")
    @Expose
    @Nullable
    Long CertType;

    /** A parameter that the API does not have. */
    @SerializedName("PkgType")
    @Expose
    @Nullable
    String PkgType;

    @SerializedName("Encryption")
    @Expose
    @Nullable
    EncryptionModel Encryption;

    /** The {@code Encryption} structure. */
    public static final class EncryptionModel extends AbstractModel {

        @SerializedName("EncryptList")
        @Expose
        String[] EncryptList;

        @SerializedName("CiphertextBlob")
        @Expose
        String CiphertextBlob;

        @SerializedName("Iv")
        @Expose
        String Iv;

        @SerializedName("Algorithm")
        @Expose
        String Algorithm;

        @SerializedName("TagList")
        @Expose
        String[] TagList;

        EncryptionModel(List<String> names, EncryptedFields encrypted) {
            this.EncryptList = names.toArray(String[]::new);
            this.CiphertextBlob = encrypted.ciphertextBlob();
            this.Iv = encrypted.iv();
            this.Algorithm = encrypted.algorithm();
            this.TagList = encrypted.tags().toArray(String[]::new);
        }

        @Override
        protected void toMap(HashMap<String, String> map, String prefix) {
            setParamArraySimple(map, prefix + "EncryptList.", EncryptList);
            setParamSimple(map, prefix + "CiphertextBlob", CiphertextBlob);
            setParamSimple(map, prefix + "Iv", Iv);
            setParamSimple(map, prefix + "Algorithm", Algorithm);
            setParamArraySimple(map, prefix + "TagList.", TagList);
        }
    }

    @Override
    protected void toMap(HashMap<String, String> map, String prefix) {
        setParamSimple(map, prefix + "IdCard", IdCard);
        setParamSimple(map, prefix + "Name", Name);
        setParamSimple(map, prefix + "BankCard", BankCard);
        setParamSimple(map, prefix + "CertType", CertType);
        setParamSimple(map, prefix + "PkgType", PkgType);
        setParamObj(map, prefix + "Encryption.", Encryption);
    }
}
