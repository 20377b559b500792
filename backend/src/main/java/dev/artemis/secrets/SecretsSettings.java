package dev.artemis.secrets;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the master keys are. The first that is named is used; none named: one is made in the home folder.
 *
 * @param masterKey itself, base64 of 32 bytes
 * @param masterKeyFile a file that holds it, such as a mounted Secret of Kubernetes
 * @param otherMasterKeys that may still (or already) open what they wrapped, separated by commas; for rotation
 * @param home folder where one is made
 */
@ConfigurationProperties("artemis.secrets")
record SecretsSettings(
        @DefaultValue("") String masterKey,
        @DefaultValue("") String masterKeyFile,
        @DefaultValue("") String otherMasterKeys,
        @DefaultValue("") String home) {

    @Override
    public String toString() {
        return "SecretsSettings[masterKeyFile=" + masterKeyFile + ", home=" + home + "]";
    }
}
