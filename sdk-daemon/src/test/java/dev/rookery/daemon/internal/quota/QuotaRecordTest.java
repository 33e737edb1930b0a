package dev.rookery.daemon.internal.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.spi.DiskQuotas.Amount;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The kernel's records, against bytes that were laid out by hand. Both architectures have the small end first. */
class QuotaRecordTest {

    @Test
    void setsBothLimitsAndNothingElse() {
        assertThat(hex(QuotaRecord.ofLimits(new Amount(5L << 30, 1000))))
                .isEqualTo(
                        "0000500000000000" // dqb_bhardlimit, KiB
                                + "0000000000000000" // dqb_bsoftlimit
                                + "0000000000000000" // dqb_curspace
                                + "e803000000000000" // dqb_ihardlimit
                                + "0000000000000000" // dqb_isoftlimit
                                + "0000000000000000" // dqb_curinodes
                                + "0000000000000000" // dqb_btime
                                + "0000000000000000" // dqb_itime
                                + "05000000" // dqb_valid: QIF_LIMITS
                                + "00000000");
    }

    @Test
    void readsLimitsAndUsage() {
        var record = HexFormat.of()
                .parseHex(
                        "0004000000000000" // 1 MiB in KiB
                                + "ffffffffffffffff"
                                + "0010000000000000" // 4096 bytes
                                + "0700000000000000"
                                + "ffffffffffffffff"
                                + "0300000000000000"
                                + "ffffffffffffffff"
                                + "ffffffffffffffff"
                                + "3f00000000000000");
        assertThat(QuotaRecord.limits(record)).isEqualTo(new Amount(1 << 20, 7));
        assertThat(QuotaRecord.usage(record)).isEqualTo(new Amount(4096, 3));
    }

    @Test
    void aLimitIsRoundedDownButNeverToNone() {
        assertThat(QuotaRecord.limits(QuotaRecord.ofLimits(Amount.ofBytes(2047))))
                .isEqualTo(Amount.ofBytes(1024));
        assertThat(QuotaRecord.limits(QuotaRecord.ofLimits(Amount.ofBytes(1)))).isEqualTo(Amount.ofBytes(1024));
        assertThat(QuotaRecord.limits(QuotaRecord.ofLimits(Amount.NONE))).isEqualTo(Amount.NONE);
    }

    @Test
    void aFilesOtherAttributesStayAsTheyWere() {
        // fsx_xflags, fsx_extsize, fsx_nextents, fsx_projid, fsx_cowextsize, padding
        var record =
                new ProjectRecord(HexFormat.of().parseHex("40000080112233440100000000000000556677880000000000000000"));
        assertThat(record.project()).isZero();
        assertThat(record.assign(0x40000001, true)).isTrue();
        assertThat(hex(record.bytes())).isEqualTo("40020080112233440100000001000040556677880000000000000000");
        assertThat(record.inherited()).isTrue();
        assertThat(record.assign(0x40000001, true)).as("nothing to change").isFalse();
        assertThat(record.assign(0, true)).isTrue();
        assertThat(hex(record.bytes())).isEqualTo("40000080112233440100000000000000556677880000000000000000");
        assertThat(record.assign(7, false)).isTrue();
        assertThat(record.inherited()).as("of a file").isFalse();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
