// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

/** What to do with old code that is still in use (OTP: PrePurge, PostPurge). */
public enum PurgeMethod {
    SOFT,
    BRUTAL
}
