// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

interface IAssetDerivatives {
    /// One log per edge. The child's contract is the one to declare it.
    event DerivativeRegistered(
        address indexed parentAsset,
        uint256 indexed parentTokenId,
        address indexed childAsset,
        uint256 childTokenId,
        uint256 licenseId, // the licence exercised; 0: the owner's own work
        uint16 royaltyBps, // out of 10 000
        uint8 relation // 0 derivative, 1 reproduction, 2 clone, 3 model fine-tune or training
    );
}
