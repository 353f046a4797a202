// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

interface IAssetRoyalties {
    /// One log per recipient, after the money moved.
    event RoyaltyPaid(
        address indexed asset,
        uint256 indexed tokenId,
        address indexed recipient,
        address payer, // the account that was debited
        address currency, // 0: the native coin
        uint256 amount, // net: what the recipient received
        uint256 basis, // price or revenue that it was computed from; 0: unknown
        uint8 kind, // 0 sale royalty, 1 licence fee, 2 derivative share, 3 other
        uint256 licenseId, // 0: none
        bytes32 saleRef // order hash of the marketplace; 0: none
    );
}
