// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// Grants to use an asset. The first two topics name the asset, whoever emits: one filter finds everything about a token.
interface IAssetLicensing {
    struct LicenseTerms {
        uint256 parentLicenseId; // 0: a root licence
        address revoker; // 0: irrevocable
        uint64 startTime; // unix seconds; 0: the block's time
        uint64 expiry; // unix seconds, inclusive; 0: perpetual
        address currency; // 0: the native coin
        uint256 price; // smallest unit, total paid for this grant; 0: free
        uint8 exclusivity; // 0 non-exclusive, 1 exclusive, 2 sole
        bool sublicensable;
        bool transferable;
        bytes32 termsHash; // keccak256 of the exact bytes behind termsURI
        string termsURI;
    }

    event LicenseGranted(
        address indexed asset,
        uint256 indexed tokenId,
        address indexed licensee,
        uint256 licenseId, // > 0, unique per emitter, never reused
        address licensor,
        LicenseTerms terms
    );
    /// One event for the licence that is revoked; what was granted under it ends with it.
    event LicenseRevoked(uint256 indexed licenseId, address indexed revokedBy, uint64 effectiveAt, bytes32 reason);
    event LicenseTransferred(uint256 indexed licenseId, address indexed from, address indexed to);
}
