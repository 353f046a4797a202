// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IAssetDerivatives} from "./interfaces/IAssetDerivatives.sol";
import {IAssetLicensing} from "./interfaces/IAssetLicensing.sol";
import {IAssetRoyalties} from "./interfaces/IAssetRoyalties.sol";
import {IGenerationProofs} from "./interfaces/IGenerationProofs.sol";

interface IOwned {
    function ownerOf(uint256 tokenId) external view returns (address);
}

/// Speaks about the assets of other contracts. Whether its word counts is for each operator to say (`trusted` in indexer.yaml).
contract AssetRegistry is IAssetLicensing, IAssetRoyalties, IGenerationProofs, IAssetDerivatives {
    error NotTokenOwner(address asset, uint256 tokenId, address caller);
    error PaymentFailed(address recipient);

    uint256 public lastLicenseId;

    modifier onlyTokenOwner(address asset, uint256 tokenId) {
        if (IOwned(asset).ownerOf(tokenId) != msg.sender) revert NotTokenOwner(asset, tokenId, msg.sender);
        _;
    }

    function grantLicense(address asset, uint256 tokenId, address licensee, LicenseTerms calldata terms)
        external
        onlyTokenOwner(asset, tokenId)
        returns (uint256 licenseId)
    {
        licenseId = ++lastLicenseId;
        emit LicenseGranted(asset, tokenId, licensee, licenseId, msg.sender, terms);
    }

    function payRoyalty(address asset, uint256 tokenId, address payable recipient, uint8 kind) external payable {
        (bool paid,) = recipient.call{value: msg.value}("");
        if (!paid) revert PaymentFailed(recipient);
        emit RoyaltyPaid(asset, tokenId, recipient, msg.sender, address(0), msg.value, 0, kind, 0, 0);
    }

    function recordProof(address asset, uint256 tokenId, bytes32 proofHash, bytes32 modelId, bytes32 promptHash, bytes32 outputHash)
        external
    {
        emit GenerationProofVerified(asset, tokenId, msg.sender, proofHash, modelId, promptHash, outputHash, 3, 0, "");
    }

    function registerDerivative(address parentAsset, uint256 parentTokenId, address childAsset, uint256 childTokenId)
        external
        onlyTokenOwner(childAsset, childTokenId)
    {
        emit DerivativeRegistered(parentAsset, parentTokenId, childAsset, childTokenId, 0, 0, 0);
    }
}
